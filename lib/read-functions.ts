import type { ReadRefusal } from './read-check';

type Rule = { names: RegExp; why: string; hint: string };

const leaveOut = 'Leave the function out.';

/** Functions that act, as families of names. PostgreSQL's privileges and the transaction stop most of them too. */
const rules: readonly Rule[] = [
  {
    names: /^pg_(terminate|cancel)_backend$/,
    why: 'ends or cancels what others run',
    hint: 'Cancel a run on its page in the history.',
  },
  {
    names:
      /^(pg_(reload_conf|rotate_logfile(_old)?|switch_(wal|xlog)|create_restore_point|promote|start_backup|stop_backup|backup_start|backup_stop|export_snapshot|import_system_collations|log_backend_memory_contexts|wal_(replay_)?(pause|resume)|xlog_replay_(pause|resume)|stat_force_next_flush|nextoid|extension_config_dump|sync_replication_slots|truncate_visibility_map|prewarm|autoprewarm_\w+)|binary_upgrade_\w+|heap_force_(kill|freeze))$/,
    why: 'acts on the whole server',
    hint: leaveOut,
  },
  {
    names: /^pg_(stat_(?!get_)(\w+_)?reset\w*|(restore|clear)_(relation|attribute|extended)_stats)$/,
    why: 'resets the statistics of the server',
    hint: leaveOut,
  },
  {
    names: /^pg_((create|drop|copy)_\w*slot|replication_(slot|origin)_\w+|logical_\w+)$/,
    why: 'acts on replication or writes to the WAL',
    hint: 'Read pg_replication_slots instead.',
  },
  {
    names: /^pg_(try_)?advisory_\w+$/,
    why: 'takes or gives back advisory locks, for which other programs may wait',
    hint: leaveOut,
  },
  { names: /^pg_notify$/, why: 'sends a notification to other programs', hint: leaveOut },
  {
    names: /^set_config$/,
    why: 'changes a setting of the session',
    hint: 'Read settings with current_setting() or SHOW.',
  },
  {
    names: /^(nextval|setval)$/,
    why: 'moves a sequence, even when the transaction is rolled back',
    hint: 'Read the sequence itself: select last_value from …',
  },
  {
    names: /^(lo_\w+|loread|lowrite)$/,
    why: 'works on large objects, which it may also change',
    hint: 'Read pg_largeobject as an owner.',
  },
  {
    names: /^pg_(read_(binary_)?file(_\w+)?|ls_\w*dir|stat_file|file_\w+|logdir_ls|logfile_rotate)$/,
    why: "reaches files of the server's computer",
    hint: leaveOut,
  },
  {
    names: /^(dblink\w*|postgres_fdw_(disconnect|get_connections)\w*|http(_\w+)?|pg_background_\w+)$/,
    why: 'opens connections of its own, outside of this transaction',
    hint: 'Open that database in Howdah and ask it there.',
  },
  {
    names:
      /^((query|table|cursor|schema|database)_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table)$/,
    why: 'runs SQL that it is given as text, which cannot be checked',
    hint: 'Write that SQL as a part of the statement.',
  },
  {
    names: /^(gin_clean_pending_list|brin_(summarize|desummarize)_\w+)$/,
    why: 'changes an index',
    hint: 'Run it at the owner level.',
  },
];

/** Why a function is not for the read level, by its name without the schema; null when it is. */
export function functionRefusal(name: string): ReadRefusal | null {
  const rule = rules.find(({ names }) => names.test(name));
  if (rule === undefined) return null;
  return { message: `${name}() ${rule.why}, and this run is at the read level.`, hint: rule.hint };
}
