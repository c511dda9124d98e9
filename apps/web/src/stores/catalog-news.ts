// How much is new in saved searches: all that the navigation shows of them. Whoever watches them loads later.
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const useCatalogNews = defineStore('catalog-news', () => {
  const newCount = ref(0);
  return { newCount };
});
