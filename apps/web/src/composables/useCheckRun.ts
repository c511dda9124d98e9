// One run of the connection check at a time: its findings as they come, until they end or whoever looks goes away.
import { onScopeDispose, ref, shallowRef } from 'vue';
import type { Finding } from '../model/connection/finding.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';

type RunState = 'running' | 'done' | 'failed';

export function useCheckRun() {
  const { desk } = useSession();
  const preferences = usePreferences();
  const findings = shallowRef<readonly Finding[]>([]);
  const state = ref<RunState>('running');
  let run = new AbortController();

  async function start(): Promise<void> {
    run.abort();
    run = new AbortController();
    const { signal } = run;
    findings.value = [];
    state.value = 'running';
    const end = await collect(signal).then(
      () => 'done' as const,
      () => 'failed' as const,
    );
    if (!signal.aborted) state.value = end;
  }

  async function collect(signal: AbortSignal): Promise<void> {
    for await (const finding of desk().examineConnection({ signal, isRelayOnly: preferences.isRelayOnly })) {
      if (signal.aborted) return;
      findings.value = [...findings.value, finding];
    }
  }

  onScopeDispose(() => run.abort());
  return { findings, state, start };
}
