import type { BodyEvent, GroupEvent } from '#organisation';

/** What an event of a body or a group says to a Swedish reader, in one line. @param body what a body is called */
export function describeOrganisation({ data, type }: BodyEvent | GroupEvent, body: (id: string) => string): string {
  const namesOf = (ids: readonly string[]) => (ids.length === 0 ? 'ingen' : ids.map(body).join(', '));
  switch (type) {
    case 'BodyRegistered':
      return `Registrerades: ”${data.name}”`;
    case 'BodyRegistrationCorrected':
      return `Registreringen rättades till ”${data.name}”: ${data.reason}`;
    case 'BodyRenamed':
      return `Fick namnet ”${data.name}”${because(data.reason)}`;
    case 'BodyAliasAdded':
      return `Kallas även ”${data.alias}”${periodOf(data)}`;
    case 'BodyAliasAmended':
      return `Det andra namnet ändrades till ”${data.alias}”${periodOf(data)}: ${data.reason}`;
    case 'BodyDissolved':
      return `Upphör; efterträds av ${namesOf(data.successors)}${because(data.comment)}`;
    case 'BodyChangeCancelled':
    case 'GroupChangeCancelled':
      return `En uppgift togs tillbaka: ${data.reason}`;
    case 'BodyCancelled':
      return `Registreringen togs tillbaka: ${data.reason}`;
    case 'GroupDefined':
      return `Gruppen definierades: ”${data.name}”, med ${namesOf(data.members)}`;
    case 'GroupDefinitionCorrected':
      return `Namnet rättades till ”${data.name}”: ${data.reason}`;
    case 'GroupMembersChanged':
      return `Till gruppen hör ${namesOf(data.members)}${because(data.reason)}`;
    case 'GroupCancelled':
      return `Gruppen togs tillbaka: ${data.reason}`;
  }
}

const because = (reason: string | undefined): string => (reason === undefined ? '' : `: ${reason}`);

/** Such as ` från 2020-01-01 till 2026-12-31`. */
const periodOf = ({ from, to }: { readonly from?: string; readonly to?: string }): string =>
  `${from === undefined ? '' : ` från ${from}`}${to === undefined ? '' : ` till ${to}`}`;
