import { ActionIcon, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addFavourite, favouritesQuery, removeFavourite, type FavouriteTarget } from '@/api/favourites';
import { tellFailure } from './notice';

interface Props {
    project: string;
    target: FavouriteTarget;
}

/** Makes something a favourite of one's own, which the palette lists first. */
export function FavouriteStar({ project, target }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const { data } = useQuery(favouritesQuery(project));
    const { queryKey } = favouritesQuery(project);
    const kept = data?.find((each) => each.favorite_type === target.kind && each.target_id === target.id);
    const toggle = useMutation({
        mutationFn: async () => {
            if (kept === undefined) {
                const added = await addFavourite(project, target);
                queries.setQueryData(queryKey, (before) => [...(before ?? []), added]);
            } else {
                await removeFavourite(project, kept.id);
                queries.setQueryData(queryKey, (before) => before?.filter(({ id }) => id !== kept.id));
            }
        },
        onError: (failure) => {
            tellFailure(t('shell.favouriteFailed'), failure);
            return queries.invalidateQueries({ queryKey });
        },
    });
    const isKept = kept !== undefined;
    return (
        <Tooltip label={isKept ? t('shell.noFavourite') : t('shell.makeFavourite')}>
            <ActionIcon variant="subtle" color={isKept ? 'orange' : 'gray'} size="sm" aria-pressed={isKept}
                disabled={data === undefined} loading={toggle.isPending}
                aria-label={t('shell.favouriteNamed', { name: target.name })} onClick={() => { toggle.mutate(); }}>
                {isKept ? <IconStarFilled size={16} /> : <IconStar size={16} />}
            </ActionIcon>
        </Tooltip>
    );
}
