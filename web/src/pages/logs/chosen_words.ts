import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { facetsQuery, type CallFilter } from '@/api/calls';
import { useCallerName } from './caller_name';
import type { LogSearch } from './log_search';
import { useStatusNames } from './status_names';

/** Words for what the log is narrowed by. Names come from the facets, which the page has anyway. */
export function useChosenWords(project: string, filter: CallFilter): (name: keyof LogSearch, value: string) => string {
    const { data } = useQuery({ ...facetsQuery(project, filter), placeholderData: keepPreviousData });
    const statuses = useStatusNames();
    const callerName = useCallerName();
    return (name, value) => {
        switch (name) {
            case 'status': return statuses[value] ?? value;
            case 'server_id': return data?.server.find(({ server_id }) => server_id === value)?.value ?? value;
            case 'principal': return callerName(value, data?.principal.find((each) => each.value === value)?.name ?? null);
            default: return value;
        }
    };
}
