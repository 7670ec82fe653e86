'use client';

import { Download, EllipsisVertical, RotateCcw, ShieldCheck, SquareTerminal, Trash2 } from 'lucide-react';
import { Button, buttonStyle, IconButton } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import type { BackupEntry } from '@/lib/job-types';

export type BackupActionsProps = {
  backup: BackupEntry;
  onRestore: () => void;
  onVerify: () => void;
  /** Null where there is no other server that the viewer may restore on. */
  onVerifyElsewhere: (() => void) | null;
  onCommands: () => void;
  /** Null where the viewer may not. */
  onDelete: (() => void) | null;
};

/** What can be done with a backup: the usual as buttons where there is room, and all of it in a menu. */
export function BackupActions(props: BackupActionsProps) {
  return (
    <span className="inline-flex gap-1">
      <UsualActions {...props} />
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions for the backup of ${props.backup.database}`} size="small">
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
      >
        <AllActions {...props} />
      </Menu>
    </span>
  );
}

const fileOf = ({ id }: BackupEntry) => `/api/v1/backups/${id}/file`;

/** Only what holds definitions makes a database. */
const isRestorable = ({ contents }: BackupEntry) => contents === 'all' || contents === 'schema';

function UsualActions({ backup, onRestore, onVerify }: BackupActionsProps) {
  return (
    <span className="inline-flex gap-1 max-md:hidden">
      <a href={fileOf(backup)} download className={buttonStyle('ghost', 'small')}>
        <Download aria-hidden />
        Download
      </a>
      {isRestorable(backup) ? (
        <>
          <Button variant="ghost" size="small" onClick={onVerify}>
            <ShieldCheck aria-hidden />
            Verify
          </Button>
          <Button size="small" onClick={onRestore}>
            <RotateCcw aria-hidden />
            Restore…
          </Button>
        </>
      ) : null}
    </span>
  );
}

function AllActions(props: BackupActionsProps) {
  const { backup, onRestore, onVerify, onVerifyElsewhere, onCommands, onDelete } = props;
  return (
    <>
      {isRestorable(backup) ? (
        <>
          <MenuItem onSelect={onRestore}>
            <RotateCcw aria-hidden />
            Restore…
          </MenuItem>
          <MenuItem onSelect={onVerify}>
            <ShieldCheck aria-hidden />
            Verify
          </MenuItem>
          {onVerifyElsewhere === null ? null : (
            <MenuItem onSelect={onVerifyElsewhere}>
              <ShieldCheck aria-hidden />
              Verify on another server…
            </MenuItem>
          )}
        </>
      ) : null}
      <MenuItem asChild>
        <a href={fileOf(backup)} download>
          <Download aria-hidden />
          Download
        </a>
      </MenuItem>
      <MenuItem onSelect={onCommands}>
        <SquareTerminal aria-hidden />
        Commands…
      </MenuItem>
      {onDelete === null ? null : (
        <MenuItem onSelect={onDelete}>
          <Trash2 aria-hidden />
          Delete…
        </MenuItem>
      )}
    </>
  );
}
