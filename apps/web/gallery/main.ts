// The gallery: the real page over invented services, one scene an address (?scene=…). On the development server
// only; the production build does not know it.
import { createApp } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { ferryApp } from '../src/ferry-app.ts';
import { i18n } from '../src/i18n/i18n.ts';
import InsecureOriginPage from '../src/pages/InsecureOriginPage.vue';
import { inventedServices } from './invented-services.ts';
import { scenes } from './scenes.ts';
import '../src/style/main.css';

const name = new URLSearchParams(location.search).get('scene') ?? '';
const scene = scenes[name];

if (name === 'insecure') createApp(InsecureOriginPage).use(i18n).mount('#app');
else if (scene) {
  const history = createMemoryHistory();
  history.replace(scene.path);
  ferryApp(inventedServices(scene), history).mount('#app');
  if (scene.after) setTimeout(scene.after, 300);
} else listScenes();

function listScenes(): void {
  const links = [...Object.keys(scenes), 'insecure'].map((scene) => {
    const link = document.createElement('a');
    link.href = `?scene=${scene}`;
    link.textContent = scene;
    link.style.display = 'block';
    return link;
  });
  document.querySelector('#app')?.append(...links);
}
