import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { formatCount } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { BackupEntry, BackupProof } from '@/lib/job-types';

/** Whether a restore has proven a backup, and by what; or what it found wrong. */
export function BackupProven({
  backup,
}: {
  backup: Pick<BackupEntry, 'verified_at' | 'proof' | 'disproof' | 'has_sums'>;
}) {
  const { verified_at, proof, disproof, has_sums } = backup;
  if (disproof !== null) {
    return (
      <Badge tone="danger" title={disproof}>
        Proof failed
      </Badge>
    );
  }
  if (verified_at === null) {
    const compares = has_sums ? '' : ' It has no sums: a proof will compare objects and counts.';
    return (
      <span title={`No restore of this backup has been compared with its source.${compares}`}>
        Not proven yet
      </span>
    );
  }
  const time = <Time value={verified_at} />;
  if (proof === null) return time;
  return (
    <Link href={`/jobs/${proof.job_id}`} title={proofWords(proof)} className="hover:underline">
      {time}
    </Link>
  );
}

/** Which proof it was, in one sentence. */
function proofWords({ server, objects, tables, rows, sums, checks }: BackupProof): string {
  const figures = `${formatCount(objects)} objects and ${formatCount(rows)} rows of ${formatCount(tables)} tables`;
  const asked = checks === 0 ? '' : ` ${checks} check ${checks === 1 ? 'query' : 'queries'} held.`;
  return `Restored on ${server}: ${figures} were equal, ${sumWords(sums, tables)}.${asked}`;
}

function sumWords(sums: number, tables: number): string {
  if (sums === 0) return 'counted only';
  return sums === tables ? 'by their sums' : `${formatCount(sums)} tables by their sums`;
}
