import { type ReactNode, useId } from 'react';

/** A part of a page of Settings, under its heading. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pt-3 pb-2">
      <h2 id={id} className="px-4 pb-2 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
