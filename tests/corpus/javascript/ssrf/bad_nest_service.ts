import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';

@Injectable()
export class Mirror {
  constructor(private readonly http: HttpService) {}

  async copy(from: string): Promise<number> {
    const answer = await firstValueFrom(this.http.get(from, { timeout: 2000 })); // expect: CWE-918
    return answer.data.length;
  }
}

@Controller('mirrors')
export class MirrorController {
  constructor(private readonly mirror: Mirror) {}

  @Post()
  async add(@Body('from') from: string) {
    return { size: await this.mirror.copy(from) };
  }
}
