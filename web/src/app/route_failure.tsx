import { Container } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Failure } from '@/parts/failure';

export function RouteFailure({ error, reset }: ErrorComponentProps) {
    const router = useRouter();
    const retry = () => {
        reset();
        void router.invalidate();
    };
    return <Container component="main" size="sm" py="xl"><Failure failure={error} onRetry={retry} /></Container>;
}
