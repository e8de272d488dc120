import { Body, Controller, Delete, Param, Post, Put, UseGuards } from '@nestjs/common';
import { JwtAuthGuard } from './jwt-auth.guard';
import { UsersService } from './users.service';

@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post()
  @UseGuards(JwtAuthGuard)
  create(@Body('name') name: string) {
    return this.users.create(name);
  }

  @Put(':id')
  @UseGuards(JwtAuthGuard)
  rename(@Param('id') id: string, @Body('name') name: string) {
    return this.users.rename(id, name);
  }

  @Delete(':id') // expect: CWE-862
  remove(@Param('id') id: string) {
    return this.users.remove(id);
  }
}
