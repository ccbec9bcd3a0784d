export const teams = {
    teams: {
        title: '팀', tabs: '팀 페이지', search: '팀 검색', new: '새 팀', create: '팀 만들기',
        failed: '팀을 불러오지 못했습니다', none: '아직 팀이 없습니다', createFailed: '팀을 만들지 못했습니다',
        noneHint: '팀은 프로젝트에 함께 참여하는 사람들입니다. 새로 만들거나 초대를 요청하세요.',
        noMatch: '“{{search}}”에 맞는 팀이 없습니다', about: '정보', yourRole: '내 역할', made: '생성', changed: '변경',
        all: '모두 보기', more: '외 {{count}}개', project: '프로젝트', noProjects: '함께 참여 중인 프로젝트가 없습니다',
        noProjectsHint: '프로젝트 소유자가 프로젝트의 멤버 페이지에서 팀을 초대합니다.',
        noActivity: '팀 변경 내용이 여기에 표시됩니다.', noMembersHint: '함께 일할 사람을 초대하세요.',
        slugHint: '팀 이름을 바꾸어도 그대로입니다.', leave: '팀 나가기', leaveHint: '팀 접근 권한을 잃습니다. 프로젝트에서의 역할은 그대로입니다.',
        delete: '팀 삭제', deleteHint: '팀을 삭제합니다. 멤버의 계정은 남습니다.', notDeleted: '팀을 삭제하지 못했습니다',
        deleteDetail: '팀과 멤버 자격이 사라집니다. 되돌릴 수 없습니다.',
        removeDetail: '팀 접근 권한을 잃습니다. 프로젝트에서의 역할은 그대로입니다.',
        takeOutOf: '{{project}}에서 팀 제외', takeOutTitle: '{{project}}에서 {{team}} 팀을 제외할까요?',
        takeOutDetail: '팀으로 프로젝트에 참여한 모든 사람이 즉시 접근 권한을 잃습니다.', notTakenOut: '팀이 아직 프로젝트에 있습니다',
    },
};
