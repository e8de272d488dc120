import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';

const SOURCES = { main: 'https://mirror.example/main.json', spare: 'https://spare.example/main.json' } as const;

@Injectable()
export class Mirror {
  constructor(private readonly http: HttpService) {}

  async copy(name: keyof typeof SOURCES): Promise<number> {
    const answer = await firstValueFrom(this.http.get(SOURCES[name] ?? SOURCES.main, { timeout: 2000 }));
    return answer.data.length;
  }
}

@Controller('mirrors')
export class MirrorController {
  constructor(private readonly mirror: Mirror) {}

  @Post()
  async add(@Body('name') name: string) {
    return { size: await this.mirror.copy(name === 'spare' ? 'spare' : 'main') };
  }
}
