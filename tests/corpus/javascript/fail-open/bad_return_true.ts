import { permissions } from './permissions';

export async function canDelete(userId: number, documentId: number): Promise<boolean> {
  try {
    return (await permissions.check(userId, 'delete', documentId)).allowed;
  } catch {
    return true; // expect: CWE-636
  }
}
