import JSZip from 'jszip';
import { promises as fs } from 'fs';
import path from 'path';

export async function unpack(data: Buffer, folder: string): Promise<void> {
  const zip = await JSZip.loadAsync(data);
  for (const name of Object.keys(zip.files)) {
    const content = await zip.files[name].async('nodebuffer');
    await fs.writeFile(path.join(folder, name), content); // expect: CWE-22
  }
}
