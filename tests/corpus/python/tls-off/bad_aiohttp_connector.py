import aiohttp


async def post_metrics(url, metrics):
    connector = aiohttp.TCPConnector(ssl=False)  # expect: CWE-295
    async with aiohttp.ClientSession(connector=connector) as session:
        async with session.post(url, json=metrics) as response:
            return response.status
