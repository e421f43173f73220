import type { Language } from '#kernel';
import type { FastifyReply } from 'fastify';

/** Says of an answer that texts in it are in a language, as its caller asked. */
export function tellLanguage(reply: FastifyReply, language: Language): void {
  const others = String(reply.getHeader('vary') ?? '');
  const varies = /\*|\baccept-language\b/i.test(others)
    ? others
    : [others, 'Accept-Language'].filter(Boolean).join(', ');
  void reply.header('Vary', varies).header('Content-Language', language);
}
