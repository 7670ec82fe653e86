import type { Random } from './random';

/** Somebody whose name may have any letter of Europe's alphabets. */
export interface Person {
  given: string;
  family: string;
}

const givenNames = [
  ...['Amara', 'Ana', 'Anders', 'Aoife', 'Arjun', 'Beatriz', 'Bilal', 'Carmen', 'Chidi', 'Clara', 'Daniel'],
  ...['Dmitri', 'Elena', 'Elif', 'Emeka', 'Emma', 'Farah', 'Felix', 'Freya', 'Giulia', 'Hana', 'Hiroshi'],
  ...['Ines', 'Ivan', 'Jonas', 'José', 'Jürgen', 'Kamala', 'Kofi', 'Lars', 'Leila', 'Liam', 'Lucía', 'Mateo'],
  ...['Mei', 'Miriam', 'Mohammed', 'Nadia', 'Naomi', 'Niamh', 'Noah', 'Olga', 'Omar', 'Pedro', 'Priya'],
  ...['Rafael', 'Renée', 'Rosa', 'Samir', 'Sana', 'Sofia', 'Søren', 'Tariq', 'Thandi', 'Tomás', 'Valentina'],
  ...['Wei', 'Yara', 'Yusuf', 'Zoë'],
] as const;

const familyNames = [
  ...['Abbas', 'Adeyemi', 'Alvarez', 'Andersson', 'Bauer', 'Berg', 'Bianchi', 'Castro', 'Chen', 'Costa'],
  ...['Demir', 'Dubois', 'Eriksen', 'Fernandes', 'Fischer', 'García', 'Haddad', 'Hansen', 'Iyer', 'Jansen'],
  ...['Kaya', 'Keller', 'Khan', 'Kim', 'Kowalski', 'Kumar', 'Larsen', 'Lee', 'Lindqvist', 'Lopez', 'Martin'],
  ...['Mensah', 'Meyer', 'Moreau', 'Müller', 'Murphy', 'Nakamura', 'Novak', 'Nowak', "O'Brien", 'Okafor'],
  ...['Oliveira', 'Papadopoulos', 'Patel', 'Petrov', 'Rossi', 'Santos', 'Sato', 'Schmidt', 'Silva', 'Singh'],
  ...['Smith', 'Suzuki', 'Tanaka', 'Torres', 'Tran', 'Varga', 'Weber', 'Wilson', 'Yılmaz'],
] as const;

const mailHosts = ['example.com', 'example.org', 'example.net', 'mail.example.com'] as const;

export function makePerson(random: Random): Person {
  return { given: random.pick(givenNames), family: random.pick(familyNames) };
}

/** The address of a person, in their own letters; `number` makes it unique. */
export function makeEmail(random: Random, person: Person, number: number): string {
  const name = `${person.given}.${person.family}`.toLowerCase().replace("'", '');
  return `${name}${number}@${random.pick(mailHosts)}`;
}

/** What a person calls themselves where only a–z will do. */
export function makeUsername({ given, family }: Person, number: number): string {
  return `${fold(given)}.${fold(family)}${number}`;
}

const unaccented: Record<string, string> = { ø: 'o', ı: 'i', ł: 'l', ß: 'ss', æ: 'ae' };

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øıłßæ]/g, (letter) => unaccented[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
