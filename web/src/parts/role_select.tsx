import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
    value: string;
    label: string;
    isLabelShown?: boolean;
    disabled?: boolean;
    onChange: (role: string) => void;
}

export function RoleSelect({ value, label, isLabelShown = false, disabled = false, onChange }: Props) {
    const { t } = useTranslation();
    return (
        <Select value={value} allowDeselect={false} disabled={disabled} w={isLabelShown ? undefined : 140}
            {...(isLabelShown ? { label } : { 'aria-label': label, size: 'xs' })}
            onChange={(role) => { if (role !== null) { onChange(role); } }}
            data={[
                { value: 'owner', label: t('role.owner') }, { value: 'developer', label: t('role.developer') },
                { value: 'reporter', label: t('role.reporter') },
            ]} />
    );
}
