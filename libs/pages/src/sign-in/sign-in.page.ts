import { html } from '#html';
import type { Html } from '#html';
import { hidden } from '../layout/layout.js';
import type { Page } from '../layout/layout.js';
import { roleNames } from '../words.js';
import type { Person } from './person.js';

const tasks: Readonly<Record<string, string>> = {
  reader: 'Följer planer, bedömningar och indikatorer.',
  reporter: 'Bedömer det som nämnden ska rapportera i en uppföljning.',
  controller: 'Leder uppföljningen och rättar det som blev fel.',
  auditor: 'Granskar hur bedömningar och formuleringar har ändrats.',
  administrator: 'Sköter systemet.',
};

/** Who one may be where there is nobody to be but oneself. */
export const signInPage = (people: readonly Person[], to: string): Page => ({
  title: 'Spårbar',
  content: html`<p class="lead">Hur bedömdes ett uppdrag, när, av vem – och vad stod det förut?</p>
    <p>
      Det här är ett system att prova, på den egna datorn. Välj i vilken roll du vill se det; ingen uppgift om dig
      sparas.
    </p>
    <ul class="cards">
      ${people.map((person, index) => choice(person, index, to))}
    </ul>`,
});

const choice = ({ actor, bodyName }: Person, index: number, to: string): Html =>
  html`<li>
    <h2>${roleNames[actor.role]}</h2>
    <p>${tasks[actor.role]}${bodyName && ` Här för ${bodyName}.`}</p>
    <form method="post" action="/logga-in">
      ${hidden('')}<input type="hidden" name="som" value="${index}" /><input type="hidden" name="till" value="${to}" />
      <button>Fortsätt som ${roleNames[actor.role].toLowerCase()}</button>
    </form>
  </li>`;
