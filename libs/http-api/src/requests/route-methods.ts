import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MethodNotAllowed } from '../bounds/method-not-allowed.js';

/** Which methods each path takes, so that whoever uses another is told. */
export class RouteMethods {
  readonly #byPath = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();

  /** Takes note of every route that is added from now on. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ method, url }) => {
      // The plug-in for pages of other origins answers preflights of whatever path.
      if (url === '*' || url === '/*') return;
      const { methods } = this.#byPath.get(url) ?? this.#add(url);
      for (const each of [method].flat()) methods.add(each);
    });
  }

  /** Refuses what no route takes. @throws MethodNotAllowed, with `Allow`; NotFoundException */
  refuse({ method, url }: FastifyRequest, reply: FastifyReply): never {
    const allowed = this.#of(url.split(/[?#]/, 1)[0]!);
    if (allowed.length === 0) throw new NotFoundException(`Cannot ${method} ${url.slice(0, longestTold)}`);
    void reply.header('Allow', allowed.join(', '));
    throw new MethodNotAllowed(allowed);
  }

  #add(url: string): { readonly methods: Set<string> } {
    const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(`^${escaped.replace(/:\w+/g, '[^/]+').replace(/\*/g, '.*')}$`);
    const added = { pattern, methods: new Set<string>() };
    this.#byPath.set(url, added);
    return added;
  }

  #of(path: string): string[] {
    const methods = [...this.#byPath.values()].flatMap((route) => (route.pattern.test(path) ? [...route.methods] : []));
    return [...new Set(methods)].sort();
  }
}

const longestTold = 500;
