import type { start as words } from '../pt-BR/start.ts'

export const start: typeof words = {
  title: 'Primeros pasos',
  help: 'En pocos minutos el equipo vende desde aquí. Hágalo en el orden que quiera.',
  progress: (done, all) => `${done} de ${all} hechos`,
  done: 'Hecho',
  steps: {
    company: {
      title: 'Póngale nombre a la empresa',
      help: 'Y revise la zona horaria, el idioma y el país.',
    },
    pipeline: { title: 'Ajuste el embudo', help: 'Etapas con los nombres que usa su equipo.' },
    whatsapp: {
      title: 'Conecte o pruebe WhatsApp',
      help: 'Conecte su número. O use el de prueba: escriba como cliente y responda.',
    },
    colleague: { title: 'Invite a un colega', help: 'Cree su acceso y envíele el enlace.' },
    lead: { title: 'Reciba el primer lead', help: 'Cree uno en el embudo, o deje que un cliente escriba.' },
    key: {
      title: 'Conecte su sitio u otro sistema',
      help: 'Cree una clave de API y copie el ejemplo. Queda hecho con el primer uso.',
    },
  },
  go: {
    company: 'Completar',
    pipeline: 'Abrir el embudo',
    whatsapp: 'Conectar un número',
    lead: 'Ver el embudo',
  },
  kinds: {
    choose: 'Elegir un modelo',
    title: '¿Qué tipo de negocio es?',
    help: (name) =>
      `El embudo ${name} todavía está vacío: sus etapas pasan a ser estas. Ganado y perdido quedan como están.`,
    chosen: (name) => `Etapas de ${name} en su embudo.`,
    of: {
      services: {
        name: 'Servicios y consultoría',
        stages: 'Nuevo contacto → Diagnóstico → Propuesta enviada → Negociación',
      },
      realEstate: {
        name: 'Inmobiliaria',
        stages:
          'Nuevo contacto → Perfil entendido → Visita agendada → Visita hecha → Propuesta → Documentación',
      },
      solar: {
        name: 'Energía solar',
        stages:
          'Nuevo contacto → Factura de luz recibida → Visita técnica → Propuesta enviada → Negociación → Financiación',
      },
      clinic: {
        name: 'Clínica y estética',
        stages: 'Nuevo contacto → Evaluación agendada → Evaluación hecha → Presupuesto enviado',
      },
      school: {
        name: 'Cursos y escuelas',
        stages: 'Nuevo contacto → Curso elegido → Clase o visita agendada → Propuesta enviada → Matrícula',
      },
      shop: {
        name: 'Tienda',
        stages: 'Nuevo contacto → Producto elegido → Presupuesto enviado → Esperando el pago',
      },
    },
  },
  dismiss: 'No mostrar más',
  dismissed: 'Guardado. Encuentra estos pasos en el menú de su cuenta.',
  bringBack: 'Mostrar en la navegación',
  allDone: 'Todo listo. Buenas ventas.',
}
