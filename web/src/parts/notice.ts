import { notifications } from '@mantine/notifications';

export const tell = (message: string): void => {
    notifications.show({ message, color: 'teal', autoClose: 3500 });
};

export const tellFailure = (title: string, failure: unknown): void => {
    notifications.show({
        title, message: failure instanceof Error ? failure.message : String(failure),
        color: 'red', autoClose: 9000,
    });
};
