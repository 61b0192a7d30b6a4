--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';

CREATE TABLE public.people (
    id integer NOT NULL,
    full_name text,
    email text,
    ssn character varying(11),
    note text
);

COPY public.people (id, full_name, email, ssn, note) FROM stdin;
1	Wanda Brandt	wanda.brandt@mail.example.org	608-47-2690	back \\ slash
2	Bram Eklund	bram.eklund@mail.example.org	715-45-8809	\N
3	Uma Penrose	uma.penrose@mail.example.org	460-14-7733	\N
4	Jonas Gilroy	jonas.gilroy@mail.example.org	140-55-3713	\N
5	Greta Eklund	greta.eklund@mail.example.org	320-89-9915	back \\ slash
6	Bram Penrose	bram.penrose@mail.example.org	277-46-7085	\N
7	Chloe Marlowe	chloe.marlowe@mail.example.org	228-44-8118	\N
8	Wanda Kessler	wanda.kessler@mail.example.org	244-92-4421	\N
9	Viktor Ibsen	viktor.ibsen@mail.example.org	747-55-1453	back \\ slash
10	Dario Penrose	dario.penrose@mail.example.org	514-62-4473	\N
11	Greta Penrose	greta.penrose@mail.example.org	198-90-2826	\N
12	Jonas Brandt	jonas.brandt@mail.example.org	759-60-9495	\N
\.

ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
