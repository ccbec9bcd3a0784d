/** The same tree with other words. English has plural forms that other languages lack. */
export type Translated<Texts> = {
    [Key in keyof Texts as Key extends `${string}_one` ? never : Key]:
        Texts[Key] extends string ? string : Translated<Texts[Key]>;
};
