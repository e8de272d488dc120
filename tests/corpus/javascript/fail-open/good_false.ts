import { permissions } from './permissions';

export async function canDelete(userId: number, documentId: number): Promise<boolean> {
  let allowed = false;
  try {
    allowed = (await permissions.check(userId, 'delete', documentId)).allowed;
  } catch (error) {
    console.error('permission service failed');
  }
  return allowed;
}
