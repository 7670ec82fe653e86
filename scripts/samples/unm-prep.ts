import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyRows } from './copy';
import { makePerson, makeUsername } from './people';
import { type Random, seededRandom } from './random';
import { day, moment, stamp } from './times';
import { courseKinds, instruments, levels } from './unm-prep-words';

interface Size {
  admins: number;
  teachers: number;
  students: number;
  courses: number;
}

const seed = 20_240_323;
const opened = Date.UTC(2021, 7, 16);
const closed = Date.UTC(2024, 2, 23);

const versions = [
  ['1', '2021-08-16 08:00:03.112904', 'Initial schema'],
  ['2', '2022-01-10 17:42:51.903377', 'Indexes for sign-in and for the list of students'],
  ['3', '2022-06-27 09:15:20.460118', 'Enrolments'],
  ['4', '2023-08-14 07:58:36.287455', 'Role readonly for reports'],
];

/** The numbers of rows of the whole school. */
export const unmPrepSize = { admins: 12, teachers: 140, students: 6_000, courses: 420 } as const;

/** Makes the music school in an empty database: the same rows for the same size. */
export async function loadUnmPrep(client: pg.Client, size: Size): Promise<void> {
  const random = seededRandom(seed);
  await client.query(await readFile(new URL('./unm-prep.sql', import.meta.url), 'utf8'));
  await copyRows(client, 'users (username, email, role, created_at)', makeUsers(random, size));
  await copyRows(client, 'teachers (user_id, specialization, availability)', makeTeachers(random, size));
  await copyRows(client, 'students (user_id, level, instrument, start_date)', makeStudents(random, size));
  await copyRows(client, 'courses (name, description, level, teacher_id)', makeCourses(random, size));
  await copyRows(client, 'enrolments (student_id, course_id, enrolled_at)', makeEnrolments(random, size));
  await copyRows(client, 'schema_version (version, applied_at, description)', versions);
  await client.query('analyze');
}

/** First the admins, then the teachers, then the students. No check holds the spelling of a role. */
function* makeUsers(random: Random, { admins, teachers, students }: Size): Generator<string[]> {
  for (let number = 1; number <= admins + teachers + students; number += 1) {
    const isTeacher = number <= admins + teachers;
    const learner = number % 500 === 400 ? 'Student' : 'student';
    const role = number <= admins ? 'admin' : isTeacher ? 'teacher' : learner;
    const name = makeUsername(makePerson(random), number);
    yield [name, `${name}@example.edu`, role, stamp(moment(random, opened, closed))];
  }
}

function* makeTeachers(random: Random, { admins, teachers }: Size): Generator<string[]> {
  for (let number = 1; number <= teachers; number += 1) {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'].filter(() => random.chance(0.5));
    const hours = days.map((name) => {
      const from = random.between(9, 16);
      return [name, [`${from}:00-${from + random.between(1, 4)}:00`]];
    });
    yield [String(admins + number), random.pick(instruments), JSON.stringify(Object.fromEntries(hours))];
  }
}

/** Some have no account, and now and then two share one, which no constraint forbids. */
function* makeStudents(random: Random, { admins, teachers, students }: Size): Generator<(string | null)[]> {
  for (let number = 1; number <= students; number += 1) {
    const own = number % 250 === 0 ? number - 1 : number;
    const user = number % 33 === 0 ? null : String(admins + teachers + own);
    const started = day(moment(random, opened, closed));
    yield [user, random.pick(levels), random.pick(instruments), started];
  }
}

function* makeCourses(random: Random, { courses, teachers }: Size): Generator<(string | null)[]> {
  for (let number = 1; number <= courses; number += 1) {
    const instrument = random.pick(instruments);
    const level = random.pick(levels);
    const kind = random.pick(courseKinds);
    const description = random.chance(0.8)
      ? `${kind} for ${level} students of ${instrument.toLowerCase()}.`
      : null;
    const teacher = random.chance(0.95) ? String(random.between(1, teachers)) : null;
    yield [`${instrument}: ${kind} ${number}`, description, level, teacher];
  }
}

function* makeEnrolments(random: Random, { students, courses }: Size): Generator<string[]> {
  for (let student = 1; student <= students; student += 1) {
    const taken = new Set(Array.from({ length: random.between(0, 6) }, () => random.between(1, courses)));
    for (const course of taken) {
      yield [String(student), String(course), stamp(moment(random, opened, closed))];
    }
  }
}
