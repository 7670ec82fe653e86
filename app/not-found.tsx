import { MissingState } from '@/components/ui/missing-state';

export default function NotFound() {
  return (
    <main>
      <MissingState
        title="There is no such page"
        fix="The address may be wrong, or cut short."
        up={{ href: '/', label: 'All servers' }}
      />
    </main>
  );
}
