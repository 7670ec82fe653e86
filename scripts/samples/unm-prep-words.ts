/** The words that the music school's rows are made of. */

export const levels = ['beginner', 'elementary', 'intermediate', 'advanced', 'pre-college'] as const;

export const instruments = [
  ...['Piano', 'Violin', 'Viola', 'Cello', 'Double bass', 'Guitar', 'Flute', 'Oboe', 'Clarinet', 'Bassoon'],
  ...['Saxophone', 'Horn', 'Trumpet', 'Trombone', 'Tuba', 'Percussion', 'Harp', 'Voice'],
] as const;

export const courseKinds = [
  ...['Private lesson', 'Group class', 'Chamber music', 'Theory', 'Sight reading', 'Masterclass'],
  ...['Ear training', 'Recital preparation', 'Summer workshop'],
] as const;
