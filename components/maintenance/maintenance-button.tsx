'use client';

import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonSize } from '@/components/ui/button';
import type { Environment } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import { MaintenanceDialog } from './maintenance-dialog';
import type { Maintained } from './work';

export type MaintenanceProps = {
  place: DatabasePlace;
  environment: Environment;
  /** What is maintained; null for every table of the database. */
  subject: Maintained | null;
};

/** Opens the question what is to be maintained, and how. */
export function MaintenanceButton({ size, ...props }: MaintenanceProps & { size?: ButtonSize }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size={size}
        aria-label={props.subject === null ? undefined : `Maintain ${props.subject.name}…`}
        onClick={() => setIsOpen(true)}
      >
        <Wrench aria-hidden />
        {props.subject === null ? 'Maintain all tables…' : 'Maintain…'}
      </Button>
      {isOpen ? <MaintenanceDialog {...props} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
