import './zod-without-eval.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import './theme/theme.css'

createApp(App).use(createPinia()).mount('#app')
