import { encodeName } from '@/lib/names';

/** The settings of one server. */
export function settingsPath(server: string): string {
  return `/settings/servers/${encodeName(server)}`;
}

/** The API of one server. */
export function serverApi(server: string): string {
  return `/api/v1/servers/${encodeName(server)}`;
}
