import { DatabaseChoiceForm } from '@/components/server-settings/database-choice';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { offerChoices } from '@/lib/run-choose';
import { readWall } from '@/lib/run-wall';

export const metadata = { title: 'Schemas and masks' };

export default page('manage-servers', async (actor, { path: { server = '' } }) => {
  const [offers, { grants }] = await Promise.all([offerChoices(actor, server), readWall(actor, server)]);
  return (
    <>
      <PageHeader
        title={`What the levels may reach on ${server}`}
        description="PostgreSQL itself holds this: it is granted to the roles of the levels, and to nobody else."
      />
      <div className="flex max-w-[920px] flex-col gap-4 px-4 pb-6">
        {offers.map((offer) => (
          <DatabaseChoiceForm
            key={offer.database}
            server={server}
            offer={offer}
            report={grants.find(({ database }) => database === offer.database) ?? null}
          />
        ))}
      </div>
    </>
  );
});
