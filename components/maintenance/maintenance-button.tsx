'use client';

import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonSize } from '@/components/ui/button';
import type { Environment } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import { MaintenanceDialog } from './maintenance-dialog';

export type MaintenanceSubjectProps = {
  place: DatabasePlace;
  environment: Environment;
  schema: string;
  /** The table or materialized view. */
  name: string;
  /** Its indexes, to rebuild one alone. */
  indexes?: readonly string[];
};

/** Opens the question what is to be maintained, and how. */
export function MaintenanceButton({ size, ...subject }: MaintenanceSubjectProps & { size?: ButtonSize }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size={size} aria-label={`Maintain ${subject.name}…`} onClick={() => setIsOpen(true)}>
        <Wrench aria-hidden />
        Maintain…
      </Button>
      {isOpen ? <MaintenanceDialog {...subject} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
