// Jest setup provided by Grafana scaffolding
import './.ci/properties';
import './.config/jest-setup';
