import { useSuspenseQuery } from '@tanstack/react-query';
import { projectQuery } from '@/api/projects';

/** Where clients reach the orchestrator: as configured, else where the browser does. */
export function useOrigin(project: string): string {
    const { data } = useSuspenseQuery(projectQuery(project));
    return data.public_url?.replace(/\/+$/, '') ?? window.location.origin;
}
