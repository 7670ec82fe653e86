'use client';

export { default } from '@/app/(desk)/error';
