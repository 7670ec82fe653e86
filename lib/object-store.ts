import { z } from 'zod';
import { AppError } from './errors';

/** What the environment says about the object store. */
export type ObjectStoreSettings = {
  bucket: string;
  region: string;
  /** Null for Amazon's own. */
  endpoint: string | null;
  /** Begins the name of every object: empty, or ends with a slash. */
  prefix: string;
  /** Whether the bucket stands in the path of an address, not in its host. */
  hasPathStyle: boolean;
  /** How the store encrypts objects; null leaves that to the bucket. */
  encryption: { algorithm: 'AES256' | 'aws:kms'; key: string | null } | null;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
};

/** The variables of the object store. */
export const objectStoreVariables = {
  HOWDAH_S3_BUCKET: z.string().optional(),
  HOWDAH_S3_REGION: z.string().default('us-east-1'),
  HOWDAH_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  HOWDAH_S3_PREFIX: z.string().default(''),
  HOWDAH_S3_PATH_STYLE: z.enum(['true', 'false']).optional(),
  HOWDAH_S3_ENCRYPTION: z.enum(['AES256', 'aws:kms']).optional(),
  HOWDAH_S3_KMS_KEY: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
};

const variables = z.object(objectStoreVariables);

/** The object store that is named, or null. Throws AppError `invalid` for one that is named by half. */
export function readObjectStore(given: z.infer<typeof variables>): ObjectStoreSettings | null {
  const { HOWDAH_S3_BUCKET: bucket, AWS_ACCESS_KEY_ID: accessKeyId } = given;
  const { AWS_SECRET_ACCESS_KEY: secretAccessKey, HOWDAH_S3_ENDPOINT: endpoint = null } = given;
  if (bucket === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new AppError('invalid', 'The object store is not fully described.', {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside HOWDAH_S3_BUCKET, or none of them.',
    });
  }
  const { HOWDAH_S3_ENCRYPTION: algorithm, HOWDAH_S3_KMS_KEY: key = null } = given;
  const prefix = given.HOWDAH_S3_PREFIX.replace(/^\/+|\/+$/g, '');
  return {
    bucket,
    region: given.HOWDAH_S3_REGION,
    endpoint,
    prefix: prefix === '' ? '' : `${prefix}/`,
    hasPathStyle: (given.HOWDAH_S3_PATH_STYLE ?? String(endpoint !== null)) === 'true',
    encryption: algorithm === undefined ? null : { algorithm, key },
    accessKeyId,
    secretAccessKey,
    sessionToken: given.AWS_SESSION_TOKEN ?? null,
  };
}
