// The settings.
module.exports = {
  title: "Lantern's Status", // name: 'no'
  description: 'What works.',
  baseUrl: 'https://status.lantern.example',
  defaultLocale: 'en',
  content: { frontMatterFormat: 'yaml', systems: ['mail', "web-shop"] },
}
