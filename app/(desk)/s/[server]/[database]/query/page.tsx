import { QueryDesk } from '@/components/query-desk/query-desk';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { deskText, openDesk } from '@/lib/run-catalog';

export const metadata = { title: 'SQL' };

export default page('run-query', async (actor, { path, query }) => {
  const { server = '', database = '' } = path;
  const desk = await openDesk(actor, server, database, parse(deskText, query));
  return <QueryDesk key={`${server}/${database}`} {...desk} />;
});
