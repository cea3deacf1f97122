#!/usr/bin/env python3
"""The clients that the engine is measured beside: one process, N calls, so many at once, nothing kept.

    peers.py aiohttp|openai URL CALLS CONCURRENCY

Prints one JSON object: answered calls, and the seconds of processor and wall time that had passed when the first call was
made (imports; the one who measures takes them off, to these clients' advantage).
"""

import asyncio
import json
import sys
import time

BEGIN = time.monotonic()
FILLER = "persona after persona, " * 41


def prompt(number):
    """About a kilobyte, another one for every call."""
    return f"Call number {number}. {FILLER}"


async def workers(calls, concurrency, ask):
    numbers = iter(range(calls))
    answered = 0

    async def worker():
        nonlocal answered
        for number in numbers:
            # Not in one line: `+=` would read the count before the call, and forget what the others counted meanwhile.
            is_answered = await ask(number)
            answered += is_answered

    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return answered


async def with_aiohttp(url, calls, concurrency):
    import aiohttp

    mark = start()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:
        async def ask(number):
            body = {"model": "stand-in", "messages": [{"role": "user", "content": prompt(number)}]}
            async with session.post(f"{url}/chat/completions", json=body) as response:
                reply = await response.json()
                return bool(reply["choices"][0]["message"]["content"])

        return await workers(calls, concurrency, ask), mark


async def with_openai(url, calls, concurrency):
    import openai

    client = openai.AsyncOpenAI(base_url=url, api_key="none")
    mark = start()

    async def ask(number):
        reply = await client.chat.completions.create(
            model="stand-in", messages=[{"role": "user", "content": prompt(number)}])
        return bool(reply.choices[0].message.content)

    return await workers(calls, concurrency, ask), mark


def start():
    return {"cpuBefore": time.process_time(), "wallBefore": time.monotonic() - BEGIN}


def main():
    kind, url, calls, concurrency = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    client = {"aiohttp": with_aiohttp, "openai": with_openai}[kind]
    answered, mark = asyncio.run(client(url, calls, concurrency))
    print(json.dumps({"answered": answered, **mark}))


if __name__ == "__main__":
    main()
