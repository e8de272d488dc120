import AdmZip from 'adm-zip';
import { writeFileSync } from 'fs';
import { basename, join } from 'path';

export function pictures(archive: string, folder: string): void {
  for (const entry of new AdmZip(archive).getEntries()) {
    const name = basename(entry.entryName);
    if (name.endsWith('.png')) {
      writeFileSync(join(folder, name), entry.getData());
    }
  }
}
