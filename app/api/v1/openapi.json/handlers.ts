import * as healthLive from '@/app/api/health/live/route';
import * as health from '@/app/api/health/route';
import * as alerts from '@/app/api/v1/alerts/route';
import * as apiKeysId from '@/app/api/v1/api-keys/[id]/route';
import * as apiKeys from '@/app/api/v1/api-keys/route';
import * as auditExport from '@/app/api/v1/audit/export/route';
import * as audit from '@/app/api/v1/audit/route';
import * as auditVerify from '@/app/api/v1/audit/verify/route';
import * as backupsIdContents from '@/app/api/v1/backups/[id]/contents/route';
import * as backupsIdFile from '@/app/api/v1/backups/[id]/file/route';
import * as backupsIdRestore from '@/app/api/v1/backups/[id]/restore/route';
import * as backupsId from '@/app/api/v1/backups/[id]/route';
import * as backupsIdVerify from '@/app/api/v1/backups/[id]/verify/route';
import * as backups from '@/app/api/v1/backups/route';
import * as backupsState from '@/app/api/v1/backups/state/route';
import * as historyId from '@/app/api/v1/history/[id]/route';
import * as history from '@/app/api/v1/history/route';
import * as historyVerify from '@/app/api/v1/history/verify/route';
import * as invitesId from '@/app/api/v1/invites/[id]/route';
import * as invitesAccept from '@/app/api/v1/invites/accept/route';
import * as invitesRead from '@/app/api/v1/invites/read/route';
import * as invites from '@/app/api/v1/invites/route';
import * as jobsId from '@/app/api/v1/jobs/[id]/route';
import * as jobs from '@/app/api/v1/jobs/route';
import * as profilePassword from '@/app/api/v1/profile/password/route';
import * as profile from '@/app/api/v1/profile/route';
import * as profileSessionsSession from '@/app/api/v1/profile/sessions/[session]/route';
import * as profileSessions from '@/app/api/v1/profile/sessions/route';
import * as queriesId from '@/app/api/v1/queries/[id]/route';
import * as roleScript from '@/app/api/v1/role-script/route';
import * as serverTrial from '@/app/api/v1/server-trial/route';
import * as serversServerBackendsPidCancel from '@/app/api/v1/servers/[server]/backends/[pid]/cancel/route';
import * as serversServerBackendsPidTerminate from '@/app/api/v1/servers/[server]/backends/[pid]/terminate/route';
import * as serversServerBackends from '@/app/api/v1/servers/[server]/backends/route';
import * as serversServerDatabasesDatabaseBackups from '@/app/api/v1/servers/[server]/databases/[database]/backups/route';
import * as serversServerDatabasesDatabaseChecksId from '@/app/api/v1/servers/[server]/databases/[database]/checks/[id]/route';
import * as serversServerDatabasesDatabaseChecks from '@/app/api/v1/servers/[server]/databases/[database]/checks/route';
import * as serversServerDatabasesDatabaseExportFile from '@/app/api/v1/servers/[server]/databases/[database]/export/file/route';
import * as serversServerDatabasesDatabaseExport from '@/app/api/v1/servers/[server]/databases/[database]/export/route';
import * as serversServerDatabasesDatabaseExportTickets from '@/app/api/v1/servers/[server]/databases/[database]/export/tickets/route';
import * as serversServerDatabasesDatabaseExtensions from '@/app/api/v1/servers/[server]/databases/[database]/extensions/route';
import * as serversServerDatabasesDatabaseHealth from '@/app/api/v1/servers/[server]/databases/[database]/health/route';
import * as serversServerDatabasesDatabaseMaintenanceAll from '@/app/api/v1/servers/[server]/databases/[database]/maintenance/all/route';
import * as serversServerDatabasesDatabaseMaintenance from '@/app/api/v1/servers/[server]/databases/[database]/maintenance/route';
import * as serversServerDatabasesDatabaseMigrations from '@/app/api/v1/servers/[server]/databases/[database]/migrations/route';
import * as serversServerDatabasesDatabaseQueries from '@/app/api/v1/servers/[server]/databases/[database]/queries/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationCell from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/cell/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationColumns from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/columns/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationCount from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/count/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationEdits from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/edits/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationEstimate from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/estimate/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationImport from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/import/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelation from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/route';
import * as serversServerDatabasesDatabaseRelationsSchemaRelationRows from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/rows/route';
import * as serversServerDatabasesDatabaseRelations from '@/app/api/v1/servers/[server]/databases/[database]/relations/route';
import * as serversServerDatabasesDatabaseRoutines from '@/app/api/v1/servers/[server]/databases/[database]/routines/route';
import * as serversServerDatabasesDatabaseSchedulesKind from '@/app/api/v1/servers/[server]/databases/[database]/schedules/[kind]/route';
import * as serversServerDatabasesDatabaseSchedules from '@/app/api/v1/servers/[server]/databases/[database]/schedules/route';
import * as serversServerDatabasesDatabaseSchemas from '@/app/api/v1/servers/[server]/databases/[database]/schemas/route';
import * as serversServerDatabasesDatabaseSequences from '@/app/api/v1/servers/[server]/databases/[database]/sequences/route';
import * as serversServerDatabasesDatabaseTypes from '@/app/api/v1/servers/[server]/databases/[database]/types/route';
import * as serversServerDatabasesDatabaseWall from '@/app/api/v1/servers/[server]/databases/[database]/wall/route';
import * as serversServerDatabases from '@/app/api/v1/servers/[server]/databases/route';
import * as serversServerHealth from '@/app/api/v1/servers/[server]/health/route';
import * as serversServerRoles from '@/app/api/v1/servers/[server]/roles/route';
import * as serversServer from '@/app/api/v1/servers/[server]/route';
import * as serversServerWall from '@/app/api/v1/servers/[server]/wall/route';
import * as serversServerWallScript from '@/app/api/v1/servers/[server]/wall/script/route';
import * as servers from '@/app/api/v1/servers/route';
import * as setup from '@/app/api/v1/setup/route';
import * as usersIdLink from '@/app/api/v1/users/[id]/link/route';
import * as usersId from '@/app/api/v1/users/[id]/route';
import * as usersIdServersServer from '@/app/api/v1/users/[id]/servers/[server]/route';
import * as usersIdSessionsSession from '@/app/api/v1/users/[id]/sessions/[session]/route';
import * as usersIdSessions from '@/app/api/v1/users/[id]/sessions/route';
import * as users from '@/app/api/v1/users/route';

/** Every handler of the API by its path. A static map, since Next loads a handler when it is first asked only. */
export const handlers = {
  '/api/health/live': healthLive,
  '/api/health': health,
  '/api/v1/alerts': alerts,
  '/api/v1/api-keys/{id}': apiKeysId,
  '/api/v1/api-keys': apiKeys,
  '/api/v1/audit/export': auditExport,
  '/api/v1/audit': audit,
  '/api/v1/audit/verify': auditVerify,
  '/api/v1/backups/{id}/contents': backupsIdContents,
  '/api/v1/backups/{id}/file': backupsIdFile,
  '/api/v1/backups/{id}/restore': backupsIdRestore,
  '/api/v1/backups/{id}': backupsId,
  '/api/v1/backups/{id}/verify': backupsIdVerify,
  '/api/v1/backups': backups,
  '/api/v1/backups/state': backupsState,
  '/api/v1/history/{id}': historyId,
  '/api/v1/history': history,
  '/api/v1/history/verify': historyVerify,
  '/api/v1/invites/{id}': invitesId,
  '/api/v1/invites/accept': invitesAccept,
  '/api/v1/invites/read': invitesRead,
  '/api/v1/invites': invites,
  '/api/v1/jobs/{id}': jobsId,
  '/api/v1/jobs': jobs,
  '/api/v1/profile/password': profilePassword,
  '/api/v1/profile': profile,
  '/api/v1/profile/sessions/{session}': profileSessionsSession,
  '/api/v1/profile/sessions': profileSessions,
  '/api/v1/queries/{id}': queriesId,
  '/api/v1/role-script': roleScript,
  '/api/v1/server-trial': serverTrial,
  '/api/v1/servers/{server}/backends/{pid}/cancel': serversServerBackendsPidCancel,
  '/api/v1/servers/{server}/backends/{pid}/terminate': serversServerBackendsPidTerminate,
  '/api/v1/servers/{server}/backends': serversServerBackends,
  '/api/v1/servers/{server}/databases/{database}/backups': serversServerDatabasesDatabaseBackups,
  '/api/v1/servers/{server}/databases/{database}/checks/{id}': serversServerDatabasesDatabaseChecksId,
  '/api/v1/servers/{server}/databases/{database}/checks': serversServerDatabasesDatabaseChecks,
  '/api/v1/servers/{server}/databases/{database}/export': serversServerDatabasesDatabaseExport,
  '/api/v1/servers/{server}/databases/{database}/export/file': serversServerDatabasesDatabaseExportFile,
  '/api/v1/servers/{server}/databases/{database}/export/tickets': serversServerDatabasesDatabaseExportTickets,
  '/api/v1/servers/{server}/databases/{database}/extensions': serversServerDatabasesDatabaseExtensions,
  '/api/v1/servers/{server}/databases/{database}/health': serversServerDatabasesDatabaseHealth,
  '/api/v1/servers/{server}/databases/{database}/maintenance': serversServerDatabasesDatabaseMaintenance,
  '/api/v1/servers/{server}/databases/{database}/maintenance/all':
    serversServerDatabasesDatabaseMaintenanceAll,
  '/api/v1/servers/{server}/databases/{database}/migrations': serversServerDatabasesDatabaseMigrations,
  '/api/v1/servers/{server}/databases/{database}/queries': serversServerDatabasesDatabaseQueries,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/cell':
    serversServerDatabasesDatabaseRelationsSchemaRelationCell,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/columns':
    serversServerDatabasesDatabaseRelationsSchemaRelationColumns,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/count':
    serversServerDatabasesDatabaseRelationsSchemaRelationCount,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/edits':
    serversServerDatabasesDatabaseRelationsSchemaRelationEdits,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/estimate':
    serversServerDatabasesDatabaseRelationsSchemaRelationEstimate,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/import':
    serversServerDatabasesDatabaseRelationsSchemaRelationImport,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}':
    serversServerDatabasesDatabaseRelationsSchemaRelation,
  '/api/v1/servers/{server}/databases/{database}/relations/{schema}/{relation}/rows':
    serversServerDatabasesDatabaseRelationsSchemaRelationRows,
  '/api/v1/servers/{server}/databases/{database}/relations': serversServerDatabasesDatabaseRelations,
  '/api/v1/servers/{server}/databases/{database}/routines': serversServerDatabasesDatabaseRoutines,
  '/api/v1/servers/{server}/databases/{database}/schedules/{kind}':
    serversServerDatabasesDatabaseSchedulesKind,
  '/api/v1/servers/{server}/databases/{database}/schedules': serversServerDatabasesDatabaseSchedules,
  '/api/v1/servers/{server}/databases/{database}/schemas': serversServerDatabasesDatabaseSchemas,
  '/api/v1/servers/{server}/databases/{database}/sequences': serversServerDatabasesDatabaseSequences,
  '/api/v1/servers/{server}/databases/{database}/types': serversServerDatabasesDatabaseTypes,
  '/api/v1/servers/{server}/databases/{database}/wall': serversServerDatabasesDatabaseWall,
  '/api/v1/servers/{server}/databases': serversServerDatabases,
  '/api/v1/servers/{server}/health': serversServerHealth,
  '/api/v1/servers/{server}/roles': serversServerRoles,
  '/api/v1/servers/{server}': serversServer,
  '/api/v1/servers/{server}/wall': serversServerWall,
  '/api/v1/servers/{server}/wall/script': serversServerWallScript,
  '/api/v1/servers': servers,
  '/api/v1/setup': setup,
  '/api/v1/users/{id}/link': usersIdLink,
  '/api/v1/users/{id}': usersId,
  '/api/v1/users/{id}/servers/{server}': usersIdServersServer,
  '/api/v1/users/{id}/sessions/{session}': usersIdSessionsSession,
  '/api/v1/users/{id}/sessions': usersIdSessions,
  '/api/v1/users': users,
};
