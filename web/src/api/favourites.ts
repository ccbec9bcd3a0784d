import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export type FavouriteKind = 'project' | 'server' | 'tool';

/** One's own favourites in a project. Only oneself changes them, so that they stay. */
export const favouritesQuery = (project: string) => queryOptions({
    queryKey: ['favourites', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/favorites', { params: { path: { project } }, signal })),
    staleTime: Infinity,
});

export interface FavouriteTarget {
    kind: FavouriteKind;
    id: string;
    name: string;
}

export const addFavourite = (project: string, { kind, id, name }: FavouriteTarget) => unwrap(
    api.POST('/api/projects/{project}/favorites', {
        params: { path: { project } }, body: { favorite_type: kind, target_id: id, target_name: name },
    }));

export const removeFavourite = (project: string, favourite: string) => unwrap(
    api.DELETE('/api/projects/{project}/favorites/{favorite}', { params: { path: { project, favorite: favourite } } }));

/** A tool has a name only at its server. */
export const toolTarget = (server: string, tool: string): FavouriteTarget =>
    ({ kind: 'tool', id: `${server}/${tool}`, name: tool });

/** The server, by its id, and the tool that a favourite of that kind is. */
export function toolOfTarget(target: string): { server: string; tool: string } {
    const end = target.indexOf('/');
    return { server: target.slice(0, end), tool: target.slice(end + 1) };
}
