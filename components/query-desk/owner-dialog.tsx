import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount } from '@/components/ui/format';
import { TypedWord } from '@/components/ui/typed-word';
import type { Level } from '@/lib/api-types';
import type { RunScript } from './run-script';

export type OwnerDialogProps = {
  /** What would be run; null closes the dialog. */
  script: RunScript | null;
  level: Level;
  server: string;
  database: string;
  /** Whether the names of server and database must be typed: on production. */
  isTyped: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/**
 * What runs as owner, and on production what is dangerous at the write level, is shown once more: nobody asks again.
 */
export function OwnerDialog(props: OwnerDialogProps) {
  const { script, level, server, database, isTyped, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const names = `${server}/${database}`;
  const count = script?.pieces.length ?? 0;
  const statements = `${formatCount(count)} ${count === 1 ? 'statement' : 'statements'}`;
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <Dialog
      open={script !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={level === 'owner' ? `Run as owner on ${database}` : `Change production: ${database}`}
      description={
        level === 'owner'
          ? `${statements} with the rights of the owner on server ${server}. Changes to the schema take effect at once.`
          : `${statements} on the production server ${server}, with definitions, TRUNCATE, or a change without WHERE among them.`
      }
      footer={
        <>
          <Button onClick={close}>Keep editing</Button>
          <Button
            variant="danger"
            disabled={isTyped && typed !== names}
            onClick={() => {
              setTyped('');
              onConfirm();
            }}
          >
            {level === 'owner' ? `Run as owner on ${database}` : `Run on ${database}`}
          </Button>
        </>
      }
    >
      <pre className="whitespace-pre-wrap break-words rounded-md bg-sunken p-2 font-mono text-sm">
        {script?.sql}
      </pre>
      {isTyped ? <TypedWord word={names} value={typed} onType={setTyped} className="mt-3" /> : null}
    </Dialog>
  );
}
