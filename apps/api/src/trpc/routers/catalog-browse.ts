// Finding things in the catalog: by words, or walking through it. Who may see what, the index decides.
import {
  type CatalogDetails,
  type CatalogOwner,
  type CatalogShare,
  type ChildrenPage,
  catalogPlaceSchema,
  catalogSharesSchema,
  childrenSchema,
  type SearchPage,
  searchSchema,
} from '@ferry/shared';
import { ownersNamedIn } from '../../accounts/owner-names.ts';
import { browseProcedure, searchProcedure } from '../catalog-procedures.ts';
import { viewerOf } from '../viewer.ts';

export const browseProcedures = {
  search: searchProcedure.input(searchSchema).query(({ ctx, input }): Promise<SearchPage> => {
    return ctx.services.catalog.search(viewerOf(ctx), input, ownersNamedIn(ctx.services.db, input.query));
  }),

  owners: browseProcedure.query(({ ctx }): Promise<CatalogOwner[]> => ctx.services.catalog.owners(viewerOf(ctx))),

  sharesOf: browseProcedure.input(catalogSharesSchema).query(({ ctx, input }): Promise<CatalogShare[]> => {
    return ctx.services.catalog.sharesOf(viewerOf(ctx), input.userId);
  }),

  children: browseProcedure.input(childrenSchema).query(({ ctx, input }): Promise<ChildrenPage> => {
    return ctx.services.catalog.children(viewerOf(ctx), input);
  }),

  details: browseProcedure.input(catalogPlaceSchema).query(({ ctx, input }): Promise<CatalogDetails> => {
    return ctx.services.catalog.details(viewerOf(ctx), input);
  }),
};
