import { Body as HttpBody, Controller as HttpController, Delete as HttpDelete, Param as HttpParam, Post as HttpPost, Put as HttpPut, UseGuards as HttpUseGuards } from '@nestjs/common';
import { JwtAuthGuard as HttpJwtAuthGuard } from './jwt-auth.guard';
import { UsersService } from './users.service';

@HttpController('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @HttpPost()
  @HttpUseGuards(HttpJwtAuthGuard)
  create(@HttpBody('name') name: string) {
    return this.users.create(name);
  }

  @HttpPut(':id')
  @HttpUseGuards(HttpJwtAuthGuard)
  rename(@HttpParam('id') id: string, @HttpBody('name') name: string) {
    return this.users.rename(id, name);
  }

  @HttpDelete(':id') // expect: CWE-862
  remove(@HttpParam('id') id: string) {
    return this.users.remove(id);
  }
}
