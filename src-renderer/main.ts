import './zod-without-eval.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { provideSchemeColours } from './components/scheme-colours.ts'
import './theme/theme.css'

provideSchemeColours(document.documentElement)
createApp(App).use(createPinia()).mount('#app')
