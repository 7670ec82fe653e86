/** The row under which tabs stand. Here, and not beside the tabs, so that server components can use it too. */
export const tabListStyle = 'flex h-9 items-stretch gap-4 border-line border-b px-3';

/** One tab: also for links that act as tabs (`aria-current="page"`). */
export const tabStyle =
  '-mb-px inline-flex items-center gap-1.5 border-b-2 border-transparent text-ink-soft hover:text-ink ' +
  'data-[state=active]:border-accent data-[state=active]:text-ink ' +
  'aria-[current=page]:border-accent aria-[current=page]:text-ink';
