// Whether this Ferry has a relay, asked of the server when somebody wants to know.
import { computed, onMounted, ref } from 'vue';
import { isRelayUrl } from '../model/connection/ice-url.ts';
import { useSession } from '../stores/session.ts';

export function useRelay() {
  const session = useSession();
  const relay = ref<'asking' | 'there' | 'none' | 'unknown'>('asking');

  onMounted(async () => {
    try {
      const { iceServers } = await session.desk().iceConfiguration();
      relay.value = iceServers.some(({ urls }) => urls.some(isRelayUrl)) ? 'there' : 'none';
    } catch {
      relay.value = 'unknown';
    }
  });
  return computed(() => relay.value);
}
