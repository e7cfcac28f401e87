function dependenciesSection() { return null; }
