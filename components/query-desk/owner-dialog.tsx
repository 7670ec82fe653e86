import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount } from '@/components/ui/format';
import type { RunScript } from './run-script';

export type OwnerDialogProps = {
  /** What would be run; null closes the dialog. */
  script: RunScript | null;
  server: string;
  database: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** What runs as owner is shown once more: it may change the schema, and nobody asks again. */
export function OwnerDialog({ script, server, database, onConfirm, onClose }: OwnerDialogProps) {
  const count = script?.pieces.length ?? 0;
  return (
    <Dialog
      open={script !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Run as owner on ${database}`}
      description={`${formatCount(count)} ${count === 1 ? 'statement' : 'statements'} with the rights of the owner on server ${server}. Changes to the schema take effect at once.`}
      footer={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button variant="danger" onClick={onConfirm}>
            Run as owner on {database}
          </Button>
        </>
      }
    >
      <pre className="whitespace-pre-wrap break-words rounded-md bg-sunken p-2 font-mono text-sm">
        {script?.sql}
      </pre>
    </Dialog>
  );
}
