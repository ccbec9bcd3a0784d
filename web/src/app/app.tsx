import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { schemeManager } from './colour_scheme';
import { queryClient } from './query_client';
import { router } from './router';
import { theme, variables } from './theme';

export function App() {
    return (
        <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={schemeManager}
            defaultColorScheme="auto">
            <QueryClientProvider client={queryClient}>
                <ModalsProvider>
                    <Notifications position="bottom-right" />
                    <RouterProvider router={router} />
                </ModalsProvider>
            </QueryClientProvider>
        </MantineProvider>
    );
}
