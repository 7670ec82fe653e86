/** The words that the blog's posts are made of. */

export const subjects = [
  ...[
    'sourdough bread',
    'a small garden',
    'the night train to Lisbon',
    'PostgreSQL indexes',
    'winter hiking',
  ],
  ...['mending old clothes', 'a first marathon', 'film photography', 'the corner library', 'learning Danish'],
  ...['keeping bees', 'open source', 'a tiny kitchen', 'birdwatching in the city', 'the perfect espresso'],
  ...['raising chickens', 'board games for two', 'a broken bicycle', 'the history of maps', 'choir singing'],
  ...['home-made kimchi 김치', 'cycling to Århus', 'crème brûlée', 'writing in 日本語', 'vacuum and analyze'],
  ...['a wooden boat', 'star charts', 'letterpress printing', 'the village market', 'remote work'],
] as const;

/** `%s` is the place of a subject. */
export const titles = [
  ...['What I learned from %s', 'Ten notes on %s', 'A beginner’s guide to %s', 'Why %s still matters'],
  ...['%s, one year later', 'The trouble with %s', 'In praise of %s', 'How we fell for %s', 'Against %s'],
  ...['A weekend of %s', 'Questions about %s, answered', 'The quiet joy of %s', '%s on a budget'],
] as const;

/** `%s` is the place of a subject. */
export const sentences = [
  'It started with %s, as these things do.',
  'Nobody tells you how much patience it takes.',
  'My grandmother would have had an opinion about %s.',
  'I kept a notebook the whole time; half of it is coffee stains.',
  'The second attempt went better, mostly because I read the instructions.',
  'If you take one thing away from this post, let it be this: begin small.',
  'There is a café near the harbour where people talk about %s all day.',
  'Of course, everything took twice as long as planned.',
  'Some readers wrote to say that I was wrong about %s, and they had a point.',
  'The costs: 40 € for tools, 15 € for materials, and one ruined shirt.',
  'Next month I will try again, with fewer shortcuts.',
  'What surprised me most was how friendly everybody was.',
  'Here is the short version: measure first, then cut.',
  'I have written about %s before, and my mind has changed since.',
  'On Sunday it rained, so we stayed in and planned the next step. ☔',
  'A friend lent me a book about %s; I still have it.',
  'Please tell me in the comments how you would have done it.',
  'The photos do not do it justice, but here they are anyway.',
] as const;
