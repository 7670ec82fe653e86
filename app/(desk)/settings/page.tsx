import { redirect } from 'next/navigation';
import { page } from '@/lib/page';

export default page('read-settings', async () => redirect('/settings/store'));
