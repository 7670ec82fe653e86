import { z } from 'zod';
import { describeApi } from '@/lib/openapi';
import { route } from '@/lib/route';
import { operations } from './operations';

/** The API described, as OpenAPI 3.1. */
export const GET = route('browse', z.object({}), async () => describeApi(operations()));
